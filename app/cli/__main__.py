"""`python -m app.cli` is `variorum`."""

from app.cli import main

if __name__ == "__main__":
    main()
