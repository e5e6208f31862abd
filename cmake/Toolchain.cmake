# Compiler settings of our own code. Presets choose TFCPP_SANITIZE and the build type.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Debug)
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT APPLE)  # zig has a cache of its own
  # base_dir and the prefix map below make one cache serve every clone of the project.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_CXX_COMPILER_LAUNCHER})
endif()
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}=. -ffile-prefix-map=${CMAKE_BINARY_DIR}=build)
add_compile_options(-ffunction-sections -fdata-sections)

# Hardening as Debian builds its own packages.
add_compile_options(-fstack-protector-strong -Wformat -Werror=format-security)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g0")
  add_compile_definitions(_FORTIFY_SOURCE=2)
  # A file's name alone, so that the same bytes come from every folder, with a compiler cache (which makes paths
  # relative, and does not look at prefix maps) and without.
  add_compile_options(-Wno-builtin-macro-redefined -D__FILE__=__FILE_NAME__)
  if(TFCPP_OS STREQUAL "linux")
    add_link_options(-Wl,--gc-sections -Wl,-z,relro,-z,now)
  else()
    # Stripped, for which zig builds its C++ library without debug information: that has the folder where it was built.
    add_link_options(-Wl,-dead_strip -s)
  endif()
else()
  # -O1 -g1 keeps builds and tests quick, with whole backtraces; the preset `debug` has what a debugger wants. Library
  # assertions find misuse of the standard library.
  set(TFCPP_DEBUG_FLAGS "-O1 -g1" CACHE STRING "Optimisation and debug information of builds other than release")
  set(CMAKE_CXX_FLAGS_DEBUG ${TFCPP_DEBUG_FLAGS})
  add_compile_definitions($<$<COMPILE_LANGUAGE:CXX>:_GLIBCXX_ASSERTIONS>)
endif()

set(TFCPP_SANITIZE "" CACHE STRING "Sanitizers for our own code: address,undefined or thread")

# Warnings and sanitizers go on our targets only: generated code is neither ours to mend nor worth its build time
# (tfplugin6.pb.cc takes 88 s and 1.6 GB under ASan+UBSan, 13 s without).
add_library(tfcpp_warnings INTERFACE)
target_compile_options(tfcpp_warnings INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor -Werror)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  # Small code for what is ours: 1.1 MB less, and what costs time here is the network and gRPC. Optimising, g++ 12 takes
  # members of a std::variant that does not hold them for uninitialised.
  target_compile_options(tfcpp_warnings INTERFACE -Os $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()
if(TFCPP_SANITIZE)
  target_compile_options(tfcpp_warnings INTERFACE -fsanitize=${TFCPP_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${TFCPP_SANITIZE})
endif()
