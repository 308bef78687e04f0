"""The trail: every act of an officer, evaluator or administrator, chained and unchangeable."""
