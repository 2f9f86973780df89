package chat.hearth.storage;

/// A field of a user's profile.
///
/// @param user the user's number
/// @param field the field's name
/// @param value the value: any JSON value
/// @param position where it stands in the stream
@SuppressWarnings("ArrayRecordComponent") // bytes are served as they are, never compared
public record ProfileField(int user, String field, byte[] value, long position) {}
