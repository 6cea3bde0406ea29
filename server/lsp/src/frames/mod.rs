//! The incoming stream, repaired. The framework's reader ends for good at the first frame it cannot decode; here
//! frames are cut out first, and one that would not decode is replaced by a [marker](UNREADABLE) that the ingress
//! answers with the error it deserves.

mod cut;
mod judge;
mod parcels;

use serde_json::json;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use std::sync::Arc;

use cut::Cutter;
use judge::Frame;
pub use parcels::{Parcels, with_params};

/// Method of the request that stands for an unreadable frame.
pub const UNREADABLE: &str = "$/gouji/unreadable";

/// Copies frames from a client's stream to another until either ends, with nothing lifted out but very large texts.
pub async fn repair(from: impl AsyncRead + Unpin, to: impl AsyncWrite + Unpin) {
    pump(from, to, &Arc::default()).await;
}

/// Copies frames from a client's stream to the framework's until either ends; large texts go as parcels.
pub async fn pump(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, parcels: &Arc<Parcels>) {
    let mut cutter = Cutter::new(parcels);
    let mut chunk = vec![0; 1 << 16];
    while let Ok(read @ 1..) = from.read(&mut chunk).await {
        cutter.push(&chunk[..read]);
        while let Some(frame) = cutter.next() {
            let body = body(frame);
            let header = format!("Content-Length: {}\r\n\r\n", body.len());
            if to.write_all(header.as_bytes()).await.is_err() || to.write_all(&body).await.is_err() {
                return;
            }
        }
    }
}

/// What the framework is given of a frame.
fn body(frame: Frame) -> Vec<u8> {
    match frame {
        Frame::Message(body) => body,
        Frame::Broken(fault) => {
            let params = json!({"code": fault.code, "message": fault.message});
            let request = json!({"jsonrpc": "2.0", "id": fault.id, "method": UNREADABLE, "params": params});
            request.to_string().into_bytes()
        }
    }
}
