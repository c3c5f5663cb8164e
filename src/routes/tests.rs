//! Addresses, written and read.

use super::*;

#[test]
fn a_parameter_is_one_segment_whatever_it_holds() {
    assert_eq!(CASE.with("PA26-7K3M9Q-X"), "/quan-tri/ho-so/PA26-7K3M9Q-X");
    assert_eq!(CASE.with("a/../b?c"), "/quan-tri/ho-so/a%2F..%2Fb%3Fc");
    assert_eq!(OPENING.pattern(), "/quan-tri/ho-so/{number}/danh-tinh");
    assert_eq!(QUERIES.pattern(), "/api/{*function}");
}

#[test]
fn a_command_has_one_function_and_one_address() {
    let command = Command::of(CASE, "ket_luan");
    assert_eq!(command.endpoint(), "quan-tri/ho-so/ket_luan");
    assert_eq!(
        command.at("/quan-tri/ho-so/X"),
        "/quan-tri/ho-so/X?viec=ket_luan"
    );
    assert_eq!(Command::only(LOOK_UP).endpoint(), "tra-cuu");
    assert_eq!(
        Command::only(FORM).at("/gui-phan-anh?loai=a"),
        "/gui-phan-anh?loai=a"
    );
    assert_eq!(
        CASE.parameters("/quan-tri/ho-so/a%2Fb"),
        [("number", "a/b".to_owned())]
    );
}

#[test]
fn an_address_matches_itself_only() {
    assert!(CASE.matches("/quan-tri/ho-so/PA26-7K3M9Q-X"));
    assert!(!CASE.matches("/quan-tri/ho-so/") && !CASE.matches("/quan-tri/ho-so/a/b"));
    assert!(HOME.matches("/") && !HOME.matches("/x"));
}

#[test]
fn the_console_is_the_desk_and_nothing_else() {
    for path in [
        "/quan-tri",
        "/quan-tri/tai-khoan",
        "/quan-tri/ho-so/PA26-7K3M9Q-X",
        "/quan-tri/ho-so/PA26-7K3M9Q-X/danh-tinh",
    ] {
        assert!(is_console(path) && site_page(path).is_none(), "{path}");
    }
    for path in [
        "/",
        "/quan-tri/dang-nhap",
        "/quan-tri/tiep-nhan",
        "/lanh-dao",
        "/minh-bach",
    ] {
        assert!(!is_console(path) && site_page(path).is_some(), "{path}");
    }
    for path in [
        "/quan-tri/ho-so/",
        "/quan-tri/ho-so/PA26/khac",
        "/minh-bach/bang/t1.csv",
    ] {
        assert!(!is_console(path) && site_page(path).is_none(), "{path}");
    }
}

#[test]
fn a_page_to_go_on_to_travels_whole() {
    assert_eq!(
        sign_in("/quan-tri?tinh-trang=a&trang=2"),
        "/quan-tri/dang-nhap?tiep=%2Fquan-tri%3Ftinh-trang%3Da%26trang%3D2"
    );
}
