// Reads a database file that another process may be writing.

#pragma once

#include <filesystem>
#include <functional>

#include "topup/store.h"

namespace topupd {

// Runs body on everything in the file as of one moment.  Writes nothing, needs no
// lock, and waits for nobody.  Throws StoreUnusable where the file is none of
// ours or of another schema, and StoreBroken where it can't be read.
//
// stopped, if any, is asked now and then; where it says yes, StoreError is thrown.
void inspect_file(const std::filesystem::path& file,
                  const std::function<void(const topup::Archive&)>& body,
                  const std::function<bool()>& stopped = {});
// The same, and single records of that moment.
void inspect_file(const std::filesystem::path& file,
                  const std::function<void(const topup::View&, const topup::Archive&)>& body,
                  const std::function<bool()>& stopped = {});

}  // namespace topupd
