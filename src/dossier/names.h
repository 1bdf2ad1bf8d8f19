/* names.h - the contract's words for what is numbered inside. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_DOSSIER_NAMES_H
#define RCPI_DOSSIER_NAMES_H

extern const char *const rcpi_furniture_names[];
extern const char *const rcpi_mode_names[];
extern const char *const rcpi_difference_names[];
extern const char *const rcpi_derivation_names[];
extern const char *const rcpi_direction_names[];
extern const char *const rcpi_origin_names[];
extern const char *const rcpi_name_type_names[];

#endif
