core_customers_20261120.txt|266|0.00
core_accounts_20261120.txt|474|55703588.55
core_transactions_20261120.txt|224|3775098.77
