package chat.hearth.protocol.error;

import chat.hearth.protocol.json.JsonObject;

/// What a service throws for a client or peer to see: an HTTP status, an error code, a text, and
/// sometimes further members of the error object. It has no stack trace, since it tells of the
/// request and not of the code.
///
/// See [Standard error
/// response](https://spec.matrix.org/v1.19/client-server-api/#standard-error-response).
public final class MatrixException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrCode errCode;
    private final int status;
    private final transient JsonObject details;

    /// An error with `status` and a text that helps whoever made the request.
    public MatrixException(ErrCode errCode, int status, String message) {
        this(errCode, status, message, JsonObject.EMPTY);
    }

    /// An error whose object has further members, such as `retry_after_ms`.
    public MatrixException(ErrCode errCode, int status, String message, JsonObject details) {
        super(message, null, false, false);
        this.errCode = errCode;
        this.status = status;
        this.details = details;
    }

    /// 403 `M_FORBIDDEN`.
    public static MatrixException forbidden(String message) {
        return new MatrixException(ErrCode.M_FORBIDDEN, 403, message);
    }

    /// 404 `M_NOT_FOUND`.
    public static MatrixException notFound(String message) {
        return new MatrixException(ErrCode.M_NOT_FOUND, 404, message);
    }

    /// 400 `M_BAD_JSON`.
    public static MatrixException badJson(String message) {
        return new MatrixException(ErrCode.M_BAD_JSON, 400, message);
    }

    /// 400 `M_INVALID_PARAM`.
    public static MatrixException invalidParam(String message) {
        return new MatrixException(ErrCode.M_INVALID_PARAM, 400, message);
    }

    /// 400 `M_MISSING_PARAM`.
    public static MatrixException missingParam(String message) {
        return new MatrixException(ErrCode.M_MISSING_PARAM, 400, message);
    }

    /// 429 `M_LIMIT_EXCEEDED`.
    ///
    /// @param retryAfterMillis when to try again, as `retry_after_ms`
    public static MatrixException limitExceeded(String message, long retryAfterMillis) {
        return new MatrixException(
                ErrCode.M_LIMIT_EXCEEDED,
                429,
                message,
                JsonObject.builder().put("retry_after_ms", retryAfterMillis).build());
    }

    /// The error code.
    public ErrCode errCode() {
        return errCode;
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// Members of the error object besides `errcode` and `error`.
    public JsonObject details() {
        return details;
    }

    /// The text for whoever made the request.
    public String text() {
        String message = getMessage();
        return message == null ? errCode.name() : message;
    }
}
