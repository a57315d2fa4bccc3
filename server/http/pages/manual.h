// /docs: the resellers' routes as a manual in Indonesian and English, made from the same table as
// the router and /openapi.json.
//
// Readable without JavaScript; manual.js fills in the reader's own key and sends requests.

#pragma once

#include <string>
#include <vector>

#include "app.h"
#include "http/api/endpoint.h"
#include "http/pages/wording.h"
#include "http/router.h"

namespace topupd::http {

// Whether a reader may send requests from the page.
enum class TryIt { no, in_the_sandbox };

struct ManualOptions {
  std::string public_url;
  Language language = Language::indonesian;
  TryIt try_it = TryIt::no;
};

// Whether resellers' programs have a use for the route.
bool is_in_manual(const Endpoint& endpoint);

std::string manual_html(const std::vector<Endpoint>& endpoints, const ManualOptions& options);

// /docs, in English with ?lang=en.  app must outlive the route.
std::vector<Route> manual_routes(App& app, TryIt try_it);

}  // namespace topupd::http
