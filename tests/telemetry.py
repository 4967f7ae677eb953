"""A receiver of OpenTelemetry's protocol (OTLP over HTTP): it keeps what arrives."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Received:
    """Sums of counters by name and first attribute; spans by name with their attributes."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, str], float] = {}
        self.histograms: dict[str, int] = {}
        self.spans: dict[str, list[dict[str, str]]] = {}

    def metrics(self, data: bytes) -> None:
        """Take in one request for ``/v1/metrics``; each process must send what is new (delta temporality)."""
        for resource in ExportMetricsServiceRequest.FromString(data).resource_metrics:
            for metric in (metric for scope in resource.scope_metrics for metric in scope.metrics):
                for point in metric.sum.data_points:
                    key = (metric.name, next((each.value.string_value for each in point.attributes), ""))
                    self.counts[key] = self.counts.get(key, 0) + (point.as_int or point.as_double)
                for kind in (metric.histogram, metric.exponential_histogram):
                    seen = sum(point.count for point in kind.data_points)
                    if seen:
                        self.histograms[metric.name] = self.histograms.get(metric.name, 0) + seen

    def traces(self, data: bytes) -> None:
        """Take in one request for ``/v1/traces``."""
        for resource in ExportTraceServiceRequest.FromString(data).resource_spans:
            for span in (span for scope in resource.scope_spans for span in scope.spans):
                attributes = {each.key: each.value.string_value for each in span.attributes}
                self.spans.setdefault(span.name, []).append(attributes)


@contextmanager
def receiver() -> Iterator[tuple[str, Received]]:
    """Its address, and what has arrived so far."""
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            (received.metrics if self.path == "/v1/metrics" else received.traces)(data)
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", received
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
