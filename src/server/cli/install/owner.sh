#!/bin/sh
# Lắng Nghe: maintenance as the owner of the database, with the settings of /etc/lang-nghe/owner.env.
set -aeu
. /etc/lang-nghe/owner.env
exec /usr/local/lib/lang-nghe/lang-nghe "$@"
