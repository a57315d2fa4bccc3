// Everything that can be asked of the library.

#pragma once

#include "topup/attempt_commands.h"
#include "topup/catalogue_commands.h"
#include "topup/erasure.h"
#include "topup/order_commands.h"
#include "topup/payment_commands.h"
#include "topup/treasury_commands.h"
#include "topup/user_commands.h"
#include "topup/withdrawal_commands.h"
