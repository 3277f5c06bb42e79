"""Made-up accounts with known truth, written in the marketplace's own file formats.

profiles     who sells, the chances an order, the seed: a new sample is one more Profile
truth        a profile → every order, and what its buyer lived and did
parcels · money_back         what became of each order on its way, and what came back of it
order_files · defect_files · shipping_lists · settlements · return_files · traffic_file · account_health
             the truth → one kind of download each
folders · further_files · account_file       a profile → the files of its folder, and its account.toml
letters      the letter to one of them with its answer, and the answer of a class

Nothing here belongs to anybody. `python -m helpers.sample` writes data/sample again.
"""
