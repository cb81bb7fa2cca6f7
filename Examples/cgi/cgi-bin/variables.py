#!/usr/bin/env python3
"""Shows the variables of its request, as jetforce's debug script does."""

import json
import os
import sys

sys.stdout.write("20 application/json\r\n")
json.dump(dict(os.environ), sys.stdout, indent=4, sort_keys=True)
