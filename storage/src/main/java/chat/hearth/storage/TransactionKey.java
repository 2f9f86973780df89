package chat.hearth.storage;

/// What makes two requests of a client the same request.
///
/// @param device number of the device
/// @param scope the endpoint and what of its path counts, as a number that the caller chooses
/// @param txnId the client's transaction id
public record TransactionKey(int device, long scope, String txnId) {}
