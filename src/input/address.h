/* address.h - which network addresses are not the public internet's. SPDX-License-Identifier: Apache-2.0 */
#ifndef RCPI_INPUT_ADDRESS_H
#define RCPI_INPUT_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* Loopback, private, link-local, reserved or multicast; an IPv4 address inside an IPv6 one counts as itself. Any other family: true. */
bool rcpi_address_is_private(const struct sockaddr *address);

#endif
