/* SPDX-License-Identifier: MIT */
/* Everything that embedders may use. */
#pragma once

#include <migrate/apply.h>
#include <migrate/change.h>
#include <migrate/driver.h>
#include <migrate/engine.h>
#include <migrate/error.h>
#include <migrate/expression.h>
#include <migrate/history.h>
#include <migrate/lint.h>
#include <migrate/plan.h>
#include <migrate/source.h>
#include <migrate/statement.h>
