// What an order is for, as routes are asked for it.

#pragma once

#include <cstdint>

#include "http/api/params.h"

namespace topupd::http {

inline constexpr Parameter kLayanan{.name = "layanan",
                                    .type = ParameterType::count,
                                    .presence = Presence::required,
                                    .min = 1,
                                    .max = INT64_MAX,
                                    .summary = "The sid of the service",
                                    .example = "1"};
inline constexpr Parameter kTarget{
    .name = "target",
    .type = ParameterType::code,
    .presence = Presence::required,
    .min = 1,
    .max = 64,
    .summary = "Who is served, in the form of the service's format_target",
    .example = "123456789"};
inline constexpr Parameter kNometer{
    .name = "nometer",
    .type = ParameterType::code,
    .max = 64,
    .summary = "The meter's number, where the service has butuh_nometer",
    .example = ""};

}  // namespace topupd::http
