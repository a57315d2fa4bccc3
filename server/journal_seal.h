// What the server seals its journal with: the hash of crypto.h under a key derived from the master
// key, and random salts.

#pragma once

#include "crypto.h"
#include "store/sqlite_store.h"
#include "topup/seal.h"

namespace topupd {

// To check it.
topup::Hash journal_hash(const MasterKey& master);

// To write it: for one store, whose one writer uses it.
topup::Sealer journal_sealer(const MasterKey& master);

// The usual store of the program.
SqliteStore::Options sealed_with(const MasterKey& master);

}  // namespace topupd
