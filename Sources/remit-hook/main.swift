print("remit-hook")
