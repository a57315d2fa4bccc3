// What every page has in common: head, style sheet and the headers that keep scripts, frames and
// other sites out.  Pages work without JavaScript.

#pragma once

#include <functional>
#include <string>

#include "http/message.h"
#include "http/pages/html.h"

namespace topupd::http {

struct Frame {
  std::string title;
  int status = 200;
  int refresh_seconds = 0;  // how soon the browser asks again by itself; 0: never
};

// A page in Indonesian whose <main> is filled by `content`.
Response page(const Frame& frame, const std::function<void(Html&)>& content);

// A page that says in a sentence why there is nothing else.
Response sorry(int status, const std::string& title, const std::string& sentence);

// The style sheet, or 304 for a client that has it.
Response style_sheet(const Request& request);

// Nobody may guess a content type, and an address with a code in it is told to no other site.
void add_safety_headers(Response& response);

}  // namespace topupd::http
