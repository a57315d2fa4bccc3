// What every page has in common: head, style sheet and the headers that keep frames, other sites
// and scripts of others out.  Pages work without JavaScript.

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "http/pages/html.h"
#include "http/pages/wording.h"
#include "http/router.h"

namespace topupd::http {

struct Frame {
  std::string title;
  int status = 200;
  int refresh_seconds = 0;  // how soon a browser without scripts asks again; 0: never
  Language language = Language::indonesian;
  std::string_view script = {};  // a file of ours that adds to what is there, "page.js"; "": none
  std::string_view style = {};   // a file of ours beside page.css; "": none
};

// The language that the request's address asks for; Indonesian if it names none.
Language language_of(const Request& request);

// A document whose <body> is filled by `content`.
std::string page_html(const Frame& frame, const std::function<void(Html&)>& content);

// What such a document may load and do, and what every answer of ours says.
void add_page_headers(Response& response, const Frame& frame);

// Such a document as an answer that is kept nowhere.
Response page(const Frame& frame, const std::function<void(Html&)>& content);

// A page that says in a sentence why there is nothing else.
Response sorry(int status, const std::string& title, const std::string& sentence);

// /assets/ and the names of the files that pages load.
std::vector<Route> asset_routes();

// Nobody may guess a content type, and an address with a code in it is told to no other site.
void add_safety_headers(Response& response);

}  // namespace topupd::http
