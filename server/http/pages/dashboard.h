// The dashboard: one page for every address below /app, and the files that it loads.
//
// It is an application of the browser's, with nothing secret in it: what it shows comes from the
// API, by the session's cookie.

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "http/document.h"
#include "http/router.h"

namespace topupd::http {

// The page and its files as they are sent.
struct Dashboard {
  std::string version;  // of all of it: another if any byte is another
  Document page;
  std::map<std::string, Document, std::less<>> files;  // by path, "pages/home.js"
};

// As it was when the program was built.  Thread-safe.
const Dashboard& dashboard();

// What scripts, styles and pictures the page may use: its own, and no other.
extern const std::string_view kDashboardPolicy;

// /app, /app/{page}, /app/{page}/{item}, /assets/{version}/{file} and
// /assets/{version}/{folder}/{file}.
std::vector<Route> dashboard_routes();

}  // namespace topupd::http
