"""`python -m yiwang.web` is the `yiwang` command."""

from yiwang.web.cli import main

raise SystemExit(main())
