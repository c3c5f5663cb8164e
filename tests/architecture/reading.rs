//! How the source is read, tried on made-up files.

use super::source::{Source, rooms_named};

fn source(text: &str) -> Source {
    Source {
        path: "src/submit/x.rs".to_owned(),
        lines: text.lines().map(str::to_owned).collect(),
    }
}

#[test]
fn what_follows_an_item_for_tests_is_read() {
    let text = "mod a;\n#[cfg(test)]\nmod tests;\nmod b;\n    #[cfg(test)]\n    #[test]\n    fn c() {\n        \
        if d {\n        }\n    }\nmod e;\n#[cfg(test)]\nmod f {\n    mod g;\n}\nmod h;";
    let source = source(text);
    let read: Vec<_> = source.code().map(|(_, line)| line).collect();
    assert_eq!(read, ["mod a;", "mod b;", "mod e;", "mod h;"]);
}

#[test]
fn a_list_of_imports_is_read_whole() {
    let named = |text: &str| {
        rooms_named(&source(text))
            .into_iter()
            .map(|(_, room)| room)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        named("use crate::{case::{A, B}, error::C};"),
        ["case", "error"]
    );
    assert_eq!(
        named(
            "use crate::{\n    case::{\n        A,\n    },\n    track::X,\n};\nlet x = crate::ui::Y;"
        ),
        ["case", "track", "ui"]
    );
}
