// What the manual of the API says beside what the routes declare.
//
// Text between `backticks` is code.

#pragma once

#include <span>
#include <string_view>

#include "http/pages/wording.h"

namespace topupd::http {

// The Indonesian of a summary that a route or a parameter declares; empty if it has none yet.
std::string_view in_indonesian(std::string_view summary);

struct ManualChapter {
  std::string_view id;  // in the page's address
  Wording title;
  std::span<const Wording> paragraphs;
};

// Before the routes: how to begin, and what all of them share.
std::span<const ManualChapter> manual_chapters();

// The routes of one kind, "/api/order/…", in the order of the page.
struct ManualGroup {
  std::string_view tag;
  Wording title;
};

std::span<const ManualGroup> manual_groups();

// A request that shows how a route is used.
struct ManualSample {
  std::string_view path;
  Wording title;
  std::string_view names;  // of the parameters that it sends, "layanan|target"
};

// Of a route that has none, the required parameters are shown, or else the first.
std::span<const ManualSample> manual_samples();

// What else is good to know about a route; empty if nothing is.
Wording manual_note(std::string_view path);

// What the play supplier does, by the last character of the number it is sent.
struct SandboxRow {
  std::string_view ending;
  Wording outcome;
};

std::span<const SandboxRow> sandbox_rows();

}  // namespace topupd::http
