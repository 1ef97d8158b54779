//! The loop with hyper alone: a connection for every worker, and nothing between.

use std::sync::Arc;

use anyhow::Result;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{ACCEPT, AUTHORIZATION, CONNECTION, CONTENT_TYPE, HOST, HeaderValue};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_rustls::TlsConnector;

use crate::target::Target;
use crate::work::{FORM, PATH, Work};

/// Does all the work.
///
/// # Errors
///
/// At the first request that does not come through.
pub(crate) async fn run(target: &Target, work: &Arc<Work>, jobs: usize) -> Result<()> {
    let connector = TlsConnector::from(Arc::new(target.tls()?));
    let mut authorization: HeaderValue = target.authorization().parse()?;
    authorization.set_sensitive(true);
    let mut workers = JoinSet::new();
    for _ in 0..jobs {
        let worker = Worker {
            connector: connector.clone(),
            name: ServerName::try_from(target.host.clone())?,
            place: (target.host.clone(), target.port),
            host: format!("{}:{}", target.host, target.port).parse()?,
            authorization: authorization.clone(),
            open: None,
        };
        workers.spawn(worker.run(Arc::clone(work)));
    }
    while let Some(ended) = workers.join_next().await {
        ended??;
    }
    Ok(())
}

struct Worker {
    connector: TlsConnector,
    name: ServerName<'static>,
    place: (String, u16),
    host: HeaderValue,
    authorization: HeaderValue,
    open: Option<SendRequest<Full<Bytes>>>,
}

impl Worker {
    async fn run(mut self, work: Arc<Work>) -> Result<()> {
        while let Some(row) = work.take() {
            let reply = self.send(row.form()).await?;
            let status = reply.status().as_u16();
            let is_last = says_close(&reply);
            let body = reply.into_body().collect().await?.to_bytes();
            if is_last {
                self.open = None;
            }
            work.settle(status, &body)?;
        }
        Ok(())
    }

    async fn send(&mut self, form: String) -> Result<Response<Incoming>> {
        let mut request = Request::post(PATH).body(Full::from(form))?;
        let headers = request.headers_mut();
        headers.insert(HOST, self.host.clone());
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(FORM));
        headers.insert(AUTHORIZATION, self.authorization.clone());
        let mut sender = match self.open.take() {
            Some(sender) => sender,
            None => self.connect().await?,
        };
        sender.ready().await?;
        let reply = sender.send_request(request).await?;
        self.open = Some(sender);
        Ok(reply)
    }

    async fn connect(&self) -> Result<SendRequest<Full<Bytes>>> {
        let stream = TcpStream::connect(&self.place).await?;
        stream.set_nodelay(true)?;
        let stream = self.connector.connect(self.name.clone(), stream).await?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // It ends with its worker, whose requests tell what went wrong on it.
        drop(tokio::spawn(connection));
        Ok(sender)
    }
}

fn says_close(reply: &Response<Incoming>) -> bool {
    reply.headers().get(CONNECTION).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"close"))
}
