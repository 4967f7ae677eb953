"""What `airflow-init` of docker-compose.yml does before the rest starts: secrets, store, inbox, first articles."""
