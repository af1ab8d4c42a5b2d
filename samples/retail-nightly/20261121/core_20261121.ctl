core_customers_20261121.txt|260|0.00
core_accounts_20261121.txt|471|55690305.55
core_transactions_20261121.txt|234|3817324.75
