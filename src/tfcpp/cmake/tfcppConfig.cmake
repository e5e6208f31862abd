# SPDX-License-Identifier: Apache-2.0
# find_package(tfcpp 0.2 REQUIRED [COMPONENTS rest]): the targets tfcpp::serve, tfcpp::framework, tfcpp::fields and so
# on, and the function tfcpp_add_provider (AddProvider.cmake). With the component rest also tfcpp::rest and
# tfcpp::crypto, which call services.
include(${CMAKE_CURRENT_LIST_DIR}/Platform.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/Dependencies.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/tfcppTargets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/AddProvider.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/tfcppRest.cmake OPTIONAL RESULT_VARIABLE tfcpp_rest_FOUND)
foreach(component ${tfcpp_FIND_COMPONENTS})
  if(tfcpp_FIND_REQUIRED_${component} AND NOT tfcpp_${component}_FOUND)
    set(tfcpp_FOUND FALSE)
    string(APPEND tfcpp_NOT_FOUND_MESSAGE "The component ${component} is not installed. ")
  endif()
endforeach()
