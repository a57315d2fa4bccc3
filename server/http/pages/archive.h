// Files that were put into the program as one tar archive.

#pragma once

#include <string_view>
#include <vector>

namespace topupd::http {

struct ArchivedFile {
  std::string_view path;  // relative, as it was archived: "pages/home.js"
  std::string_view content;
};

// The regular files of a POSIX archive, in its order; the views are into tar.  Throws
// std::logic_error if it is no archive, or one with paths longer than 99 characters: the build
// made it.
std::vector<ArchivedFile> files_in(std::string_view tar);

}  // namespace topupd::http
