"""Where the REST API has the resources of an account, which callbacks name too."""

__all__ = ["API_VERSION", "account_path"]

API_VERSION = "2010-04-01"


def account_path(account_sid: str) -> str:
    """What the paths of all its resources begin with."""
    return f"/{API_VERSION}/Accounts/{account_sid}"
