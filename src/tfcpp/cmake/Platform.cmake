# SPDX-License-Identifier: Apache-2.0
# The platform in Terraform's words: TFCPP_OS and TFCPP_ARCH, such as linux and amd64.
string(TOLOWER ${CMAKE_SYSTEM_NAME} TFCPP_OS)
if(NOT TFCPP_OS MATCHES "^(linux|darwin)$")
  message(FATAL_ERROR "tfcpp: there is no code for ${CMAKE_SYSTEM_NAME} yet (src/tfcpp/base/system.h)")
endif()
if(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
  set(TFCPP_ARCH arm64)
else()
  set(TFCPP_ARCH amd64)
endif()
