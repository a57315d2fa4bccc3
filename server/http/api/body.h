// The parts of a request as named values.

#pragma once

#include <variant>

#include "http/api/errors.h"
#include "http/api/json.h"
#include "http/message.h"

namespace topupd::http {

// Two values for one name are a value of no known form.
Values values_of(const Pairs& pairs);

// What a JSON object or a form holds; nothing of a blank body.
// Fault: unsupported_media_type, or invalid_parameter for a body that can't be read.
std::variant<Values, Fault> body_values(const Request& request);

}  // namespace topupd::http
