"""What Airflow must know of newsledger: the trigger of the watched folder. Nothing else belongs here."""

from airflow.plugins_manager import AirflowPlugin


class NewsledgerPlugin(AirflowPlugin):
    """Shown under Admin, Plugins."""

    name = "newsledger"
