package chat.hearth.http;

/// Counts what was answered. Called for each request on the request's thread, so it has to be fast.
@FunctionalInterface
public interface RequestMetrics {
    /// Counts nothing.
    RequestMetrics NONE = (_, _, _, _) -> {};

    /// The operation of requests that no route takes.
    String UNRECOGNIZED = "unrecognized";

    /// Runs all that a request takes, [#answered] at its end included.
    default void during(Runnable request) {
        request.run();
    }

    /// A request is over: called once, after the response was sent or cut.
    ///
    /// @param operation the route's [Route#operation], `OPTIONS`, or [#UNRECOGNIZED]
    /// @param status the response's; 499 when the client did not wait for it or take all of it
    /// @param bytes the length of the response's body
    /// @param nanos from the end of the request's headers to the end of the response
    void answered(String operation, int status, long bytes, long nanos);
}
