#ifndef GUIYI_CFUZZER_H
#define GUIYI_CFUZZER_H

#include <stddef.h>
#include <stdint.h>

/// Runs libFuzzer with a program's arguments; `target` is given one input after the other.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*target)(const uint8_t *data, size_t size));

/// A file of memory; the C library shows it to GNU sources only.
int memfd_create(const char *name, unsigned flags);

#endif
