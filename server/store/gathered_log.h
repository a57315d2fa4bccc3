// What makes SQLite write a commit's pages to its write-ahead log together.
//
// SQLite writes each page in two calls, its head and its body; on a busy evening that is a
// hundred thousand calls a second.  Behind this name the pages of the transaction under way
// wait in memory, at most 127 KiB of them for each connection, until it wants to read one back
// or commits: the page that ends a commit takes all before it to the file, its own bytes last,
// and fails as each of them would have.

#pragma once

namespace topupd::sqlite {

// The name to open a database with.  All files are those of the file system that is the default
// when they are opened; only the log's writes are gathered.
const char* gathering_files();

}  // namespace topupd::sqlite
