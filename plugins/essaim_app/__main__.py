"""`python -m essaim_app` is `essaim`."""

from essaim_app.main import run

if __name__ == "__main__":
    run()
