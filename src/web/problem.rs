//! Problems as pages: the one that somebody ran into, and a page about each
//! kind, which is what a problem's `type` leads to.

use super::frame::{Frame, Keep, Section, html, page};
use crate::edge::problem::{Code, PROBLEMS, Problem, ProblemBody, respond};
use crate::edge::state::State;
use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, ResponseError as _};
use askama::Template;

/// A problem that somebody ran into.
#[derive(Debug, Clone, Template)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    /// The frame.
    pub frame: Frame,
    /// What went wrong, for people.
    pub headline: String,
    /// What to do about it.
    pub next: &'static str,
    /// The same for programs.
    pub body: ProblemBody,
    /// The page about this kind.
    pub about: String,
}

/// A kind of problem.
#[derive(Debug, Clone, Template)]
#[template(path = "problem_kind.html")]
pub struct KindPage {
    /// The frame.
    pub frame: Frame,
    /// The kind.
    pub code: Code,
    /// What to do about it.
    pub advice: &'static str,
}

/// All kinds of problems.
#[derive(Debug, Clone, Template)]
#[template(path = "problem_kinds.html")]
pub struct KindsPage {
    /// The frame.
    pub frame: Frame,
    /// The kinds.
    pub codes: &'static [Code],
}

/// A problem as a page, with the headers of the same problem as JSON. If it
/// cannot be rendered it is JSON.
#[must_use]
pub fn problem(state: &State, problem: &Problem, body: ProblemBody) -> HttpResponse {
    let (headline, next) = words(problem.code);
    let frame = Frame::new(state, &headline, Section::Other).unlisted();
    let template = ProblemPage {
        frame,
        headline,
        next,
        about: format!("{PROBLEMS}{}", body.code),
        body,
    };
    let Ok(text) = template.render() else {
        return respond(problem, &template.body);
    };
    let mut response = html(problem.status_code(), Keep::Nobody, false, text);
    let as_json = respond(problem, &template.body);
    for name in [header::RETRY_AFTER, header::WWW_AUTHENTICATE] {
        if let Some(value) = as_json.headers().get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

/// What people are told. Titles of codes are for those who write programs.
fn words(code: Code) -> (String, &'static str) {
    const LATER: &str = "Try again in a few minutes.";
    let say = |headline: &str, next| (headline.to_owned(), next);
    match code {
        Code::NOT_FOUND => say(
            "Page not found",
            "If you typed the web address, check it is correct. If you pasted it, check you \
             copied all of it.",
        ),
        Code::RATE_LIMITED => say("Too many tries", "Wait a minute, then try again."),
        Code::PAYLOAD_TOO_LARGE => say("That is too large", "Send a smaller file."),
        Code::METHOD_NOT_ALLOWED => say("That cannot be done here", "Go back and try again."),
        Code::REQUEST_TIMEOUT => say("That took too long to arrive", "Try again."),
        Code::INTERNAL | Code::ISSUE_MISMATCH => say("There is a problem with this service", LATER),
        code if code.status >= 500 => say("This service cannot do that now", LATER),
        code => (code.title.to_owned(), "Go back and try again."),
    }
}

/// `GET /problems`.
pub(super) async fn kinds(state: Data<State>) -> Result<HttpResponse, Problem> {
    let template = KindsPage {
        frame: Frame::new(&state, "Problems", Section::Other),
        codes: Code::ALL,
    };
    page(StatusCode::OK, Keep::Everybody, &template.frame, &template)
}

/// `GET /problems/{code}`.
pub(super) async fn kind(state: Data<State>, name: Path<String>) -> Result<HttpResponse, Problem> {
    let code = Code::ALL
        .iter()
        .find(|code| code.name == name.as_str())
        .ok_or_else(|| Problem::not_found("kind of problem"))?;
    let template = KindPage {
        frame: Frame::new(&state, code.title, Section::Other),
        code: *code,
        advice: advice(*code),
    };
    page(StatusCode::OK, Keep::Everybody, &template.frame, &template)
}

/// What a program should do about a kind of problem.
const fn advice(code: Code) -> &'static str {
    match code.status {
        401 => {
            "Send a token that works: “Authorization: Bearer csk_…”. An administrator of the organisation makes one."
        }
        403 => {
            "Use a token whose role may do this, or ask somebody who may. Sending the same request again will not help."
        }
        404 => "Look at the address. What you may not see answers like what is not there.",
        405 => "Look at the API description for what can be done at this address.",
        406 => "Ask for a form that the API description names.",
        408 => "Send the request again, over a better connection if there is one.",
        409 => "Read what is there now, then decide if your request still makes sense.",
        410 => "It is gone for good. Do not ask again.",
        412 => {
            "Read it anew, make your change to the new version, and send its ETag in “If-Match”."
        }
        413 => "Send less at a time.",
        415 => "Say what you send in “Content-Type”: for most requests “application/json”.",
        421 => "Use the host name of the node’s own address.",
        422 => {
            "Correct what “detail” and “errors” name, then send the request again with a new Idempotency-Key."
        }
        429 => "Wait as many seconds as “Retry-After” says.",
        431 => "Send fewer or shorter headers.",
        503 => {
            "Wait as many seconds as “Retry-After” says, then send the same request again with the same Idempotency-Key."
        }
        507 => "Tell the operator of the node. Reading and checking go on.",
        500..=599 => {
            "Tell the operator of the node the “requestId”. Sending the request again with the same Idempotency-Key is safe."
        }
        _ => "Correct the request. “detail” says what is wrong with it.",
    }
}

impl ProblemPage {
    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        let problem = Problem::not_found("page");
        let (headline, next) = words(problem.code);
        Self {
            frame: Frame::sample(&headline, Section::Other).unlisted(),
            headline,
            next,
            about: format!("{PROBLEMS}not_found"),
            body: problem.body("https://northmarch.badges.example.org", Some("4f0c2k")),
        }
    }
}

impl KindPage {
    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            frame: Frame::sample(Code::RATE_LIMITED.title, Section::Other),
            code: Code::RATE_LIMITED,
            advice: advice(Code::RATE_LIMITED),
        }
    }
}

impl KindsPage {
    /// With made-up content.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            frame: Frame::sample("Problems", Section::Other),
            codes: Code::ALL,
        }
    }
}
