// The same for tests.
#pragma once

#include "../catch.h"
#include "standard.h"
