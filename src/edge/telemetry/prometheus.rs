//! The numbers as Prometheus reads them.

use super::AlreadySet;
use super::measures::{ALL, COMMIT_GROUP, GROUPS, Kind, Measure, TIMES};
use super::record;
use metrics_exporter_prometheus::{
    Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder,
};

/// The numbers of this process. Copies share them.
#[derive(Debug, Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// The media type of what [`render`](Self::render) gives.
    pub const MEDIA_TYPE: &'static str = "text/plain; version=0.0.4; charset=utf-8";

    /// Counts for the whole process from now on.
    ///
    /// # Errors
    /// [`AlreadySet`].
    pub fn install() -> Result<Self, AlreadySet> {
        let (recorder, metrics) = Self::recorder();
        metrics::set_global_recorder(recorder).map_err(|_| AlreadySet)?;
        describe();
        record::build();
        Ok(metrics)
    }

    /// A recorder that counts for whoever uses it, as tests do.
    #[must_use]
    pub fn recorder() -> (PrometheusRecorder, Self) {
        let builder = [("_seconds", &TIMES[..]), (COMMIT_GROUP, &GROUPS[..])]
            .into_iter()
            .fold(PrometheusBuilder::new(), |builder, (end, classes)| {
                // It only fails for an empty list of classes.
                builder
                    .set_buckets_for_metric(Matcher::Suffix(end.to_owned()), classes)
                    .unwrap_or_default()
            });
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        (recorder, Self(handle))
    }

    /// All numbers, for whoever may see them. The answer is of the type
    /// [`MEDIA_TYPE`](Self::MEDIA_TYPE).
    #[must_use]
    pub fn render(&self) -> String {
        self.0.render()
    }

    /// Puts away values of histograms that nobody has fetched yet. To be called
    /// every few seconds, or they pile up in memory.
    pub fn upkeep(&self) {
        self.0.run_upkeep();
    }
}

/// Says what each number is.
pub(super) fn describe() {
    for measure in ALL {
        let Measure {
            name, unit, help, ..
        } = *measure;
        match measure.kind {
            Kind::Counter => metrics::describe_counter!(name, unit, help),
            Kind::Gauge => metrics::describe_gauge!(name, unit, help),
            Kind::Histogram => metrics::describe_histogram!(name, unit, help),
        }
    }
}
