/* SPDX-License-Identifier: MIT */
/* What each fuzzer defines: libFuzzer calls it, or standalone.c for each file of a corpus. */
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
