"""What Airflow runs: the trigger of the inbox and the groups of tasks. Only this package imports airflow."""
