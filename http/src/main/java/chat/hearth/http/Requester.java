package chat.hearth.http;

import chat.hearth.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// Who makes a request, as the access token tells.
///
/// @param userId the user; the one that an application service acts as
/// @param user the user's number in the store
/// @param device the number of the device in the store, 0 where an application service acts without
///   a device
/// @param deviceId the device that the token belongs to; null where an application service acts
///   without a device
/// @param guest whether the account is a guest's
/// @param admin whether the account is a server administrator's
/// @param suspended whether the account is suspended; endpoints that a suspended account may not
///   use ask for this
/// @param appservice the id of the application service whose token it is, otherwise null
/// @param rateLimited whether the rate limits apply
public record Requester(
        UserId userId,
        int user,
        int device,
        @Nullable String deviceId,
        boolean guest,
        boolean admin,
        boolean suspended,
        @Nullable String appservice,
        boolean rateLimited) {
    /// An ordinary user on one of their devices.
    public static Requester user(UserId userId, int user, int device, String deviceId) {
        return new Requester(userId, user, device, deviceId, false, false, false, null, true);
    }

    /// The device's id.
    ///
    /// @throws IllegalStateException when an application service acts without a device
    public String requireDeviceId() {
        if (deviceId == null) {
            throw new IllegalStateException("The request has no device");
        }
        return deviceId;
    }
}
