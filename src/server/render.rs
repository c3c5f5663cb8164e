//! Pages rendered by Leptos, with a content security policy by hash: bytes and header can then be
//! cached together.

use super::kept_page::{from_memory, is_one_persons};
use crate::{
    app::{Frame, TITLE_MARK, shell},
    directory,
    platform::{
        AppState,
        http::{encoding::Encoding, error_response::request_id_line, reply::no_store},
    },
    routes::{self, CachePolicy},
    submit::SubmissionKey,
    ui::{Department, Refusal, StatusSlot, TitleSlot},
};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    response::Response,
};
use base64::Engine as _;
use futures::{Stream, StreamExt as _};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use sha2::{Digest as _, Sha256};
use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

type Html = Pin<Box<dyn Stream<Item = String> + Send>>;
type Chunks = Box<dyn FnOnce() -> Html + Send>;

/// SHA-256 of the data scripts Leptos appends, known once a page is rendered.
#[derive(Clone, Default)]
struct ScriptHashes(Arc<Mutex<Vec<String>>>);

/// The status a page answers with, unless its own content sets another.
#[derive(Clone, Copy)]
struct AnswerStatus(StatusCode);

/// Who may keep the page at `path`.
pub(super) fn cache_policy(path: &str) -> CachePolicy {
    routes::page_at(path).map_or(CachePolicy::Never, |page| page.cache)
}

/// Renders the page of the request's path, from memory if it is the same for everybody.
pub async fn page(State(state): State<AppState>, request: Request) -> Response {
    match cache_policy(request.uri().path()) {
        CachePolicy::Shared | CachePolicy::Form => from_memory(&state, request).await,
        _ => {
            let coding = private_coding(request.uri(), request.headers());
            let rendered = render(&state, request, StatusCode::OK, provide_key()).await;
            no_store(compressed(coding, rendered).await)
        }
    }
}

/// Renders the page of a posted request's path again as its GET twin, with `status` and whatever
/// `provide` puts into the Leptos context (the draft with its errors): how a refused form comes
/// back with everything still typed.
pub async fn rerender_form(
    state: &AppState,
    parts: Parts,
    status: StatusCode,
    provide: impl Fn() + Clone + Send + 'static,
) -> Response {
    let mut twin = Request::new(Body::empty());
    *twin.method_mut() = Method::GET;
    *twin.uri_mut() = parts.uri;
    *twin.headers_mut() = parts.headers;
    // it was posted by a page of ours, so no other site chose a word of it
    let coding = Encoding::accepted(twin.headers());
    let provide_key = provide_key();
    let rendered = render(state, twin, status, move || {
        provide_key();
        provide();
    })
    .await;
    let mut response = compressed(coding, rendered).await;
    *response.status_mut() = status;
    // not `no-store`: the person must be able to go back to what they typed
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    response
}

/// The coding of a page that is one person's. Whoever may choose words of the page, ask for it again and again and see how long the
/// compressed answer is, learns whether they are on it (the BREACH attack). Words come from the address, and another site can lead
/// a browser there: such a request is answered as it is. Browsers say where a request comes from, and what no page of ours
/// asked for has no words of others if it has no query.
fn private_coding(uri: &Uri, headers: &HeaderMap) -> Encoding {
    let is_ours = headers
        .get("sec-fetch-site")
        .is_some_and(|site| site == "same-origin" || site == "none");
    if is_ours || uri.query().is_none() {
        Encoding::accepted(headers)
    } else {
        Encoding::Identity
    }
}

/// The answer in `coding`, written away from the threads that answer.
async fn compressed(coding: Encoding, response: Response) -> Response {
    let Some(name) = coding.name() else {
        return response;
    };
    let (mut parts, body) = response.into_parts();
    let plain = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let source = plain.clone();
    let written = tokio::task::spawn_blocking(move || coding.encode(&source)).await;
    match written {
        Ok(Ok(written)) => {
            parts.headers.insert(header::CONTENT_ENCODING, name);
            Response::from_parts(parts, Body::from(written))
        }
        Ok(Err(_)) | Err(_) => Response::from_parts(parts, Body::from(plain)),
    }
}

/// Gives the form of a page that nobody keeps its key.
fn provide_key() -> impl Fn() + Clone + Send + 'static {
    let key = fresh_key();
    move || provide_context(SubmissionKey(key.clone()))
}

pub(super) fn fresh_key() -> String {
    format!("{:032x}", crate::platform::clock::random_id())
}

pub(super) fn saves_data(headers: &HeaderMap) -> bool {
    headers.get("save-data").is_some_and(|value| value == "on")
}

pub(super) async fn render(
    state: &AppState,
    request: Request,
    status: StatusCode,
    provide: impl Fn() + Clone + Send + 'static,
) -> Response {
    let frame = Frame {
        js: state.assets.js.clone(),
        wasm: state.assets.wasm.clone(),
        css: state.assets.css.clone(),
        second_css: state.assets.second_css(request.uri().path()),
        loads: !saves_data(request.headers()) && !state.assets.js.is_empty(),
    };
    let department = Department(department(state).await);
    let path = request.uri().path().to_owned();
    let (hashes, title, state) = (ScriptHashes::default(), TitleSlot::default(), state.clone());
    let context = {
        let hashes = hashes.clone();
        move || {
            provide_context(state.clone());
            provide_context(frame.clone());
            provide_context(department.clone());
            provide_context(hashes.clone());
            provide_context(title.clone());
            provide_context(AnswerStatus(status));
            provide_context(StatusSlot::default());
            provide();
        }
    };
    let streamed =
        leptos_axum::handle_response_inner(context, move || shell(&path), request, whole_document)
            .await;
    // it is one piece already: so its length is known, to HEAD as well
    let (parts, body) = streamed.into_parts();
    let html = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let mut response = Response::from_parts(parts, Body::from(html));
    let policy = policy(&hashes.0.lock().unwrap_or_else(PoisonError::into_inner));
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    response.headers_mut().insert(
        header::VARY,
        HeaderValue::from_static("Save-Data, Accept-Encoding"),
    );
    response
}

/// Collects the whole document, writes its title, and strips the nonces Leptos puts on its data
/// scripts in favour of their hashes.
fn whole_document<V: IntoView + 'static>(
    app: V,
    chunks: Chunks,
    _: bool,
) -> Pin<Box<dyn Future<Output = Html> + Send>> {
    let (hashes, title) = (
        expect_context::<ScriptHashes>(),
        expect_context::<TitleSlot>(),
    );
    let (status, options) = (
        expect_context::<AnswerStatus>().0,
        expect_context::<ResponseOptions>(),
    );
    let wanted = expect_context::<StatusSlot>();
    let refusal = use_context::<Refusal>();
    let is_one_persons = refusal.is_some_and(|refusal| is_one_persons(&refusal.error));
    Box::pin(async move {
        let mut html = app.to_html_stream_in_order().collect::<String>().await;
        let wanted = wanted.wanted();
        if let Some(wanted) = wanted.and_then(|status| StatusCode::from_u16(status).ok()) {
            options.set_status(wanted);
        }
        let name = title
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        html = html.replacen(
            TITLE_MARK,
            &escape(if name.is_empty() {
                "Lắng Nghe"
            } else {
                &name
            }),
            1,
        );
        let own_status = options
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .status;
        if own_status.unwrap_or(status).is_server_error() || is_one_persons {
            name_request(&mut html);
        }
        let mut tail = chunks();
        while let Some(chunk) = tail.next().await {
            let script = chunk
                .split_once('>')
                .and_then(|(_, rest)| rest.strip_suffix("</script>"))
                .unwrap_or_default();
            let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(script));
            hashes
                .0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(hash);
            html.push_str("<script>");
            html.push_str(script);
            html.push_str("</script>");
        }
        let whole: Html = Box::pin(futures::stream::once(async move { html }));
        whole
    })
}

/// Writes the request's id at the end of a failed page's content, after everything the page's
/// program looks at.
fn name_request(html: &mut String) {
    if let Some(end) = html.rfind("</main>") {
        html.insert_str(end, &request_id_line());
    }
}

/// The department's name, read from the directory once for this process; "" while the database has
/// not answered yet.
async fn department(state: &AppState) -> String {
    if let Some(known) = state.last_good.get::<Department>() {
        return known.0.clone();
    }
    let Ok(mut connection) = state.db.pool().acquire().await else {
        return String::new();
    };
    match directory::ssr::agency(&mut connection).await {
        Ok(agency) => state.last_good.put(Department(agency.name)).0.clone(),
        Err(_) => String::new(),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn policy(hashes: &[String]) -> HeaderValue {
    let scripts: String = hashes
        .iter()
        .map(|hash| format!(" 'sha256-{hash}'"))
        .collect();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; connect-src 'self'; \
         style-src 'self'; img-src 'self' data: blob:; \
         manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
         object-src 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}
