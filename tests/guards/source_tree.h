// The repository as text, for the tests that read it.

#pragma once

#include <string>
#include <string_view>
#include <vector>

// A line of a file.  The file's path is relative to the repository's root, with '/'.
struct Line {
  std::string file;
  int number = 0;  // from 1
  std::string text;
};

// Every line that breaks a rule, as text for the reader; a rule holds when this is empty.
using Offences = std::vector<std::string>;

// Files below these folders, or these files themselves, whose names end in one of the endings;
// sorted.  What does not exist is left out: a folder may come later than its rule.
std::vector<std::string> files_of(const std::vector<std::string>& places,
                                  const std::vector<std::string>& endings);

// Empty if there is no such file.
std::vector<Line> lines_of(const std::string& file);

bool exists(const std::string& file);

// "lib/topup/money.h:12: text"
std::string place(const Line& line);

// What stands between the quotes or angle brackets of an #include, brackets left on; else empty.
std::string included(const Line& line);

// True if the word stands in the text with no letter, digit or '_' running on at either side.
bool has_word(std::string_view text, std::string_view word);

// What a shell command prints, line by line, errors too.  Throws if the command fails.
std::vector<std::string> output_of(const std::string& command);
