// What a store throws when the machine fails.  Refusals of commands are Results.

#pragma once

#include <stdexcept>

namespace topupd {

// The machine failed; a write that was asked for did not happen, unless the type
// says otherwise.
struct StoreError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// No space left.  It did not happen; the store goes on once there is space.
struct StoreFull : StoreError {
  using StoreError::StoreError;
};

// Another program holds the file's lock, and did not let go of it in time.  It did not happen.
struct StoreBusy : StoreError {
  using StoreError::StoreError;
};

// The commit itself failed, or its sync: it may have happened.  The store has shut itself
// against writes; only opening the file anew tells what it holds.
struct StoreUnknown : StoreError {
  using StoreError::StoreError;
};

// It did not happen: the store accepts no writes since an earlier one, its sync, or a copy of the
// log, failed.
struct StoreShut : StoreError {
  using StoreError::StoreError;
};

// The file could not be read or written, or is damaged; or what was read can't be made durable.
struct StoreBroken : StoreError {
  using StoreError::StoreError;
};

// The file can't be opened as it is; what() is a sentence for the operator.
struct StoreUnusable : StoreError {
  using StoreError::StoreError;
};

}  // namespace topupd
