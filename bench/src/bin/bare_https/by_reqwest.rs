//! The loop with reqwest: one client, and its pool.

use std::sync::Arc;

use anyhow::Result;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use tokio::task::JoinSet;

use crate::target::Target;
use crate::work::{FORM, PATH, Work};

/// Does all the work.
///
/// # Errors
///
/// At the first request that does not come through.
pub(crate) async fn run(target: &Target, work: &Arc<Work>, jobs: usize) -> Result<()> {
    let url: Url = format!("https://{}:{}{PATH}", target.host, target.port).parse()?;
    let client = client(target, jobs)?;
    let mut workers = JoinSet::new();
    for _ in 0..jobs {
        workers.spawn(worker(client.clone(), url.clone(), Arc::clone(work)));
    }
    while let Some(ended) = workers.join_next().await {
        ended??;
    }
    Ok(())
}

async fn worker(client: Client, url: Url, work: Arc<Work>) -> Result<()> {
    while let Some(row) = work.take() {
        let reply = client.post(url.clone()).body(row.form()).send().await?;
        let status = reply.status().as_u16();
        work.settle(status, &reply.bytes().await?)?;
    }
    Ok(())
}

/// A client as cprekey makes its own, with one pool for all workers.
fn client(target: &Target, jobs: usize) -> Result<Client> {
    let headers = HeaderMap::from_iter([
        (ACCEPT, HeaderValue::from_static("application/json")),
        (CONTENT_TYPE, HeaderValue::from_static(FORM)),
        (AUTHORIZATION, target.authorization().parse()?),
    ]);
    let builder = Client::builder()
        .tls_backend_preconfigured(target.tls()?)
        .http1_only()
        .no_proxy()
        .redirect(Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .tcp_nodelay(true)
        .pool_max_idle_per_host(jobs)
        .default_headers(headers);
    Ok(builder.build()?)
}
