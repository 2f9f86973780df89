package chat.hearth.acceptance.power;

/// Something the traced process did, in the order in which the kernel saw it. A call begins and
/// ends: what it writes may reach the disk from its beginning on, what it promises counts from its
/// end on.
sealed interface Step {

    /// A call began.
    ///
    /// @param call a number of its own
    /// @param action what it asks for
    record Begun(int call, Action action) implements Step {}

    /// A call came back without an error.
    ///
    /// @param call the number it began with
    record Ended(int call) implements Step {}

    /// A write was noted as acknowledged.
    ///
    /// @param write which one
    record Acknowledged(Acknowledgement write) implements Step {}

    /// What a call asks of the disk.
    sealed interface Action {

        /// Writes `bytes` into `file` at `offset`.
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Write(String file, long offset, byte[] bytes) implements Action {}

        /// Cuts `file` off at `length` or fills it up with zeros.
        record Truncate(String file, long length) implements Action {}

        /// Makes everything durable that was written to `file` before.
        record Sync(String file) implements Action {}

        /// Makes all names durable that were made or removed before.
        record SyncNames() implements Action {}

        /// Makes `file`, unless it is there.
        record Create(String file) implements Action {}

        /// Removes `file`.
        record Remove(String file) implements Action {}
    }
}
