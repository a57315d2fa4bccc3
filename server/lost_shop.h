// A shop whose database went away is not taken for a new one.

#pragma once

#include <filesystem>

#include "master_key.h"

namespace topupd {

// Throws StoreUnusable if DIR/topup.db is missing or holds nothing, nor its log, and what only a
// shop leaves is there: its sessions, or backups in DIR/backups or in that other folder.  To be
// called before anything is made: a new master key would hide that the shop's own is missing.
void refuse_lost_shop(const std::filesystem::path& dir, const std::filesystem::path& backups);

// Refuses that, and then the same as master_key_of().
MasterKey master_key_of_shop(const std::filesystem::path& dir,
                             const std::filesystem::path& backups);

}  // namespace topupd
