// Text as a QR picture that a phone reads from a screen: dark on white, with
// the quiet zone of four modules that scanners ask for.
//
// Both throw std::length_error for a text over 2,331 bytes.  Any thread.

#pragma once

#include <string>

namespace topupd {

// The bytes of a PNG file, one bit a pixel, at least 8 pixels a module.
std::string qr_png(const std::string& text);

// One <svg> element that grows to its container; no style and no script, so
// that it may stand in a page under a strict content security policy.
std::string qr_svg(const std::string& text);

}  // namespace topupd
