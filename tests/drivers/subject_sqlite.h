/* SPDX-License-Identifier: MIT */
/* SQLite under test, by itself and behind the faulty driver. */
#pragma once

#include "drivers/contract.h"

extern const MigSubject mig_sqlite_subject;
