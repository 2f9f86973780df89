package chat.hearth.http;

import java.util.List;

/// A group of endpoints, as a package offers them to the composition root.
public interface Api {
    /// The routes, each with its endpoint.
    List<Route> routes();
}
