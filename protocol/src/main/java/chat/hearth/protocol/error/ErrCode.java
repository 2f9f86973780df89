package chat.hearth.protocol.error;

/// The error codes of the specification, named as they go over the wire.
///
/// See [Standard error
/// response](https://spec.matrix.org/v1.19/client-server-api/#standard-error-response).
public enum ErrCode {
    /// The requester may not do this.
    M_FORBIDDEN,
    /// The access or refresh token is not known, or no longer.
    M_UNKNOWN_TOKEN,
    /// The request has no access token.
    M_MISSING_TOKEN,
    /// The account is locked.
    M_USER_LOCKED,
    /// The account is suspended and may not do this.
    M_USER_SUSPENDED,
    /// The account was deactivated.
    M_USER_DEACTIVATED,
    /// Valid JSON, but malformed: a member is missing, of the wrong type or out of range.
    M_BAD_JSON,
    /// The body is not valid JSON.
    M_NOT_JSON,
    /// There is no such thing, or the requester may not know of it.
    M_NOT_FOUND,
    /// Too many requests in a short time.
    M_LIMIT_EXCEEDED,
    /// The server does not know this endpoint or method.
    M_UNRECOGNIZED,
    /// An error that no other code describes.
    M_UNKNOWN,
    /// The request was not correctly authorised.
    M_UNAUTHORIZED,
    /// The user id is taken.
    M_USER_IN_USE,
    /// The user id is not a valid one.
    M_INVALID_USERNAME,
    /// The room alias is taken.
    M_ROOM_IN_USE,
    /// The initial state of the new room is not valid.
    M_INVALID_ROOM_STATE,
    /// The third-party identifier belongs to another account.
    M_THREEPID_IN_USE,
    /// No account has this third-party identifier.
    M_THREEPID_NOT_FOUND,
    /// The third-party identifier could not be verified.
    M_THREEPID_AUTH_FAILED,
    /// This third-party identifier is not permitted here.
    M_THREEPID_DENIED,
    /// This kind of third-party identifier is not supported.
    M_THREEPID_MEDIUM_NOT_SUPPORTED,
    /// The identity server is not trusted.
    M_SERVER_NOT_TRUSTED,
    /// The server does not support this room version.
    M_UNSUPPORTED_ROOM_VERSION,
    /// The room's version is not one the requester supports.
    M_INCOMPATIBLE_ROOM_VERSION,
    /// The state change cannot be made as asked, such as unbanning who is not banned.
    M_BAD_STATE,
    /// Guests may not do this.
    M_GUEST_ACCESS_FORBIDDEN,
    /// A captcha is needed.
    M_CAPTCHA_NEEDED,
    /// The captcha was wrong.
    M_CAPTCHA_INVALID,
    /// A required parameter is missing.
    M_MISSING_PARAM,
    /// A parameter has a wrong value.
    M_INVALID_PARAM,
    /// The request or an event is too large.
    M_TOO_LARGE,
    /// The identifier is in a namespace that an application service reserves.
    M_EXCLUSIVE,
    /// The server has reached a limit of its resources.
    M_RESOURCE_LIMIT_EXCEEDED,
    /// Server-notice rooms cannot be left.
    M_CANNOT_LEAVE_SERVER_NOTICE_ROOM,
    /// The password is too weak.
    M_WEAK_PASSWORD,
    /// The server cannot tell whether a restricted join is allowed.
    M_UNABLE_TO_AUTHORISE_JOIN,
    /// The server cannot sign a restricted join, another one may.
    M_UNABLE_TO_GRANT_JOIN,
    /// A canonical alias does not point at the room.
    M_BAD_ALIAS,
    /// The user sent this reaction to the event before.
    M_DUPLICATE_ANNOTATION,
    /// The device is not known.
    M_UNKNOWN_DEVICE,
    /// The position of a sliding sync connection is not known.
    M_UNKNOWN_POS,
    /// The invited user does not take this invitation.
    M_INVITE_BLOCKED,
    /// The user has reached a limit of their account. It must come with an `info_uri`, a page that
    /// explains the limit.
    M_USER_LIMIT_EXCEEDED,
    /// Application-service login is not possible here.
    M_APPSERVICE_LOGIN_UNSUPPORTED,
    /// The application service could not be reached.
    M_CONNECTION_FAILED,
    /// The application service answered with an error.
    M_BAD_STATUS,
    /// The profile field's name is too long.
    M_KEY_TOO_LARGE,
    /// The profile would become too large.
    M_PROFILE_TOO_LARGE,
    /// The media id already has content.
    M_CANNOT_OVERWRITE_MEDIA,
    /// The media was not uploaded yet.
    M_NOT_YET_UPLOADED,
    /// A signature does not match.
    M_INVALID_SIGNATURE,
    /// The backup version is not the current one.
    M_WRONG_ROOM_KEYS_VERSION
}
